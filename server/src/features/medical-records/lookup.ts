export { exportRecords, reportDamagedDocument, reportExported } from './export-records.ts'
export { vaccinationsToTell } from './vaccinations-to-tell.ts'
